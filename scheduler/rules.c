#include "rooster/rules.h"
