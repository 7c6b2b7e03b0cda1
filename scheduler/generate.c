#include "rooster/generate.h"
