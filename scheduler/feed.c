#include "rooster/feed.h"
