#include "rooster/decimal.h"
