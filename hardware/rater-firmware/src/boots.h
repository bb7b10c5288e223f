#pragma once
#include <stdint.h>

#include "writer.h"

/* Counts this start, and begins to write that down. A write torn by a power cut costs that one count. */
uint32_t boots_count(struct writer *writer);
