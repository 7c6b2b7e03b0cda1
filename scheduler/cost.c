#include "rooster/cost.h"
