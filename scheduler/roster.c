#include "rooster/roster.h"
