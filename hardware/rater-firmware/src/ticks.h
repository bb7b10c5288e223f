#pragma once
#include <stdbool.h>

/* A tick a millisecond. */
void ticks_start(void);

/* True once for each tick; none is lost below 255 behind. */
bool ticks_take(void);

/* Sleeps until the next interrupt, unless a tick is waiting. */
void ticks_sleep(void);
