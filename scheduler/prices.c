#include "rooster/prices.h"
