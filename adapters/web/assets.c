#include "web/web.h"

#include "assets.h"

#include <string.h>

static gboolean is_at(const WebRow *row, const char *path)
{
    gsize length = strlen(row->path);
    if (row->kind != WEB_PAGE || g_str_equal(row->path, "/"))
        return g_str_equal(row->path, path);
    return strncmp(row->path, path, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

gboolean web_find(const char *path, WebAsset *asset)
{
    for (const WebRow *row = web_rows; row->path; row++) {
        if (!is_at(row, path))
            continue;
        *asset = (WebAsset){.type = row->type,
                            .etag = row->etag,
                            .bytes = row->bytes,
                            .length = (gsize)(row->end - row->bytes),
                            .is_page = row->kind == WEB_PAGE,
                            .is_immutable = row->kind == WEB_FILE};
        return TRUE;
    }
    return FALSE;
}
