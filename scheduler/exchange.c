#include "rooster/exchange.h"
