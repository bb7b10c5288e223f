#include "buttons.h"

#include <stdbool.h>

void buttons_start(struct buttons *buttons)
{
    for (uint8_t i = 0; i < BUTTONS; i++) {
        buttons->contact[i] = STABLE_MS;
        buttons->held[i] = 0;
    }
    buttons->down = (1 << BUTTONS) - 1;
    buttons->stuck = 0;
    buttons->spoiled = 1;
    buttons->candidate = 0;
    buttons->alone = 0;
    buttons->lockout = 0;
}

static bool is_single(uint8_t mask)
{
    return mask && (mask & (uint8_t)(mask - 1)) == 0;
}

static uint8_t level_of(uint8_t mask)
{
    uint8_t level = 1;
    while (!(mask & 1)) {
        mask >>= 1;
        level++;
    }
    return level;
}

/* Returns what went down just now. */
static uint8_t integrate(struct buttons *buttons, uint8_t closed, struct button_events *events)
{
    uint8_t fell = 0;
    for (uint8_t i = 0; i < BUTTONS; i++) {
        uint8_t bit = (uint8_t)(1 << i);
        if (closed & bit) {
            if (buttons->contact[i] < STABLE_MS)
                buttons->contact[i]++;
        } else if (buttons->contact[i] > 0) {
            buttons->contact[i]--;
        }

        if (buttons->contact[i] == STABLE_MS && !(buttons->down & bit)) {
            buttons->down |= bit;
            buttons->held[i] = 0;
            fell |= bit;
        } else if (buttons->contact[i] == 0 && (buttons->down & bit)) {
            buttons->down &= (uint8_t)~bit;
            if (buttons->stuck & bit) {
                buttons->stuck &= (uint8_t)~bit;
                events->freed |= bit;
            }
        }

        if ((buttons->down & bit) && !(buttons->stuck & bit) && ++buttons->held[i] > STUCK_MS) {
            buttons->stuck |= bit;
            events->stuck |= bit;
        }
    }
    return fell;
}

struct button_events buttons_tick(struct buttons *buttons, uint8_t closed)
{
    struct button_events events = { 0, 0, 0 };
    uint8_t fell = integrate(buttons, closed, &events);
    uint8_t down = buttons->down & (uint8_t)~buttons->stuck;

    if (buttons->lockout)
        buttons->lockout--;

    if (down == 0) {
        buttons->spoiled = 0;
    } else if (!is_single(down) || (fell && buttons->candidate)) {
        buttons->spoiled = 1;
        buttons->candidate = 0;
    }

    if (fell && !buttons->spoiled && buttons->lockout == 0) {
        buttons->candidate = level_of(fell);
        buttons->alone = TOGETHER_MS;
    } else if (buttons->candidate && --buttons->alone == 0) {
        events.press = buttons->candidate;
        buttons->candidate = 0;
        buttons->lockout = LOCKOUT_MS;
    }
    return events;
}
