/*
 * The pages and what they load, which somebody else packed (HttpOptions.asset). They are the same for everybody and
 * hold nothing of anybody, so they need no token; what a page then asks the API for does.
 */
#include "server_parts.h"

#include <gio/gio.h>
#include <string.h>

/* No inline script or style, nothing from elsewhere, nobody's frame. */
#define POLICY                                                                                                         \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "              \
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

static void free_bytes(void *bytes)
{
    g_bytes_unref(bytes);
}

/* For the few that cannot unpack: curl without --compressed. */
static GBytes *unpack(const HttpAsset *asset)
{
    g_autoptr(GZlibDecompressor) unpacker = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
    g_autoptr(GInputStream) packed = g_memory_input_stream_new_from_data(asset->bytes, (gssize)asset->length, NULL);
    g_autoptr(GInputStream) plain = g_converter_input_stream_new(packed, G_CONVERTER(unpacker));
    return exchange_read_all(plain);
}

static struct MHD_Response *response_of(const HttpAsset *asset, gboolean is_packed)
{
    gsize length;
    if (is_packed)
        return MHD_create_response_from_buffer(asset->length, (void *)(gintptr)asset->bytes, MHD_RESPMEM_PERSISTENT);
    GBytes *bytes = unpack(asset);
    void *data = (void *)(gintptr)g_bytes_get_data(bytes, &length);
    return MHD_create_response_from_buffer_with_free_callback_cls(length, data, free_bytes, bytes);
}

static void add_safety(struct MHD_Response *response, const HttpAsset *asset)
{
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    if (!asset->is_page)
        return;
    MHD_add_response_header(response, "Content-Security-Policy", POLICY);
    MHD_add_response_header(response, "Cross-Origin-Opener-Policy", "same-origin");
    MHD_add_response_header(response, "X-Frame-Options", "DENY");
    MHD_add_response_header(response, "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
}

gboolean assets_answer(Exchange *exchange)
{
    HttpAsset asset = {0};
    const HttpOptions *options = &exchange->server->options;
    if (!options->asset || !options->asset(exchange->path, &asset))
        return FALSE;
    gboolean is_packed = exchange_takes_gzip(exchange);
    gsize inner = strlen(asset.etag) - 1;
    g_autofree char *etag = is_packed ? g_strdup_printf("%.*s-gzip\"", (int)inner, asset.etag) : g_strdup(asset.etag);
    gboolean is_known = exchange_knows(exchange, etag);
    struct MHD_Response *response = is_known ? MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT)
                                             : response_of(&asset, is_packed);
    MHD_add_response_header(response, "ETag", etag);
    MHD_add_response_header(response, "Vary", "Accept-Encoding");
    MHD_add_response_header(response, "Cache-Control",
                            asset.is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (!is_known) {
        MHD_add_response_header(response, "Content-Type", asset.type);
        if (is_packed)
            MHD_add_response_header(response, "Content-Encoding", "gzip");
    }
    add_safety(response, &asset);
    exchange_reply(exchange, is_known ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK, response);
    return TRUE;
}
