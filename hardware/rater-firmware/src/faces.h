#pragma once
#include <stdbool.h>
#include <stdint.h>

#define FACES_ALL 0x1F
#define BUZZER 0x20
#define THANKS_MS 2000
#define THANKS_HALF_MS 125
#define FULL_HALF_MS 500
#define BEEP_MS 80

/* What the five lamps and the buzzer show. */
struct faces {
    uint32_t open_from;
    uint32_t open_ms;
    uint32_t thanks_from;
    uint8_t open;
    uint8_t thanks; /* level, 0 for none */
};

void faces_start(struct faces *faces);
void faces_open(struct faces *faces, uint32_t seconds, uint32_t now);
void faces_close(struct faces *faces);
void faces_thank(struct faces *faces, uint8_t level, uint32_t now);

/* Bit 0 is the lamp of level 1, bit 5 the buzzer. */
uint8_t faces_show(struct faces *faces, bool full, uint32_t now);
