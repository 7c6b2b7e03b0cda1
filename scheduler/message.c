#include "rooster/message.h"
