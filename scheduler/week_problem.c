#include "rooster/week.h"
