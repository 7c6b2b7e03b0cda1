#include "rooster/store.h"
