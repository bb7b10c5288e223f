#pragma once
#include <stdint.h>

#define BUTTONS 5
#define STABLE_MS 20
/* Two fingers never land in the same millisecond: who comes this long after the first still comes at once with it. */
#define TOGETHER_MS 40
#define LOCKOUT_MS 1500
#define STUCK_MS 10000
/* From the first contact to the accepted press. */
#define ACCEPT_MS (STABLE_MS + TOGETHER_MS)

/* Five buttons sampled once a millisecond. */
struct buttons {
    uint8_t contact[BUTTONS]; /* integrates towards STABLE_MS while closed, towards 0 while open */
    uint16_t held[BUTTONS];
    uint8_t down;
    uint8_t stuck;
    uint8_t spoiled;   /* two were down at once: all must go up before one counts */
    uint8_t candidate; /* level that is accepted once it has stayed alone, 0 for none */
    uint8_t alone;
    uint16_t lockout;
};

struct button_events {
    uint8_t press; /* level accepted, 0 for none */
    uint8_t stuck; /* bit 0 is level 1 */
    uint8_t freed;
};

/* Every button starts as held: one that really is (a jammed one, after a reset) is no press, and is reported stuck. */
void buttons_start(struct buttons *buttons);

/* One millisecond further; closed has bit 0 set where the button of level 1 makes contact. */
struct button_events buttons_tick(struct buttons *buttons, uint8_t closed);
