#include "rooster/zone.h"
