#include "rooster/profile.h"
