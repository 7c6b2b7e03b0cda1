#include "rooster/plan.h"
