#include "rooster/publish.h"
