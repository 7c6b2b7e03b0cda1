/*
 * The text of each file of a pool folder; pool_folder.c puts them into files.
 */
#ifndef ROOSTER_CSV_POOL_WRITE_H
#define ROOSTER_CSV_POOL_WRITE_H

#include "pool_columns.h"

/* Not for FILE_ROSTER, which is no part of a pool (roster_csv_write). Caller frees. */
char *pool_file_write(const Pool *pool, PoolFile file);

#endif
