#include "watchdog.h"

#include <avr/io.h>
#include <avr/wdt.h>

static uint8_t reset_flags __attribute__((section(".noinit")));

/* Runs before the C runtime has set up memory: after a watchdog reset the dog still bites every 16 ms, and a start that
   hangs must end in a reset too. */
void watchdog_on(void) __attribute__((naked, used, section(".init3")));
void watchdog_on(void)
{
    reset_flags = MCUSR;
    MCUSR = 0;
    wdt_enable(WDTO_250MS);
}

char watchdog_reset_cause(void)
{
    /* A rising supply sets the brown-out's flag as well, and a brown-out leaves older flags standing. */
    if (reset_flags & _BV(PORF))
        return 'P';
    if (reset_flags & _BV(BORF))
        return 'B';
    if (reset_flags & _BV(WDRF))
        return 'W';
    if (reset_flags & _BV(EXTRF))
        return 'E';
    /* No flag: the program ran off to address 0, which the watchdog stands for. */
    return 'W';
}

void watchdog_feed(void)
{
    wdt_reset();
}
