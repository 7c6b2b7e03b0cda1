#include "rooster/explain.h"
