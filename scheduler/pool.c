#include "rooster/pool.h"
