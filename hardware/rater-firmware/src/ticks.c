#include "ticks.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <stdint.h>

static volatile uint8_t passed;
static uint8_t taken;

void ticks_start(void)
{
    TCCR0A = _BV(WGM01);
    OCR0A = F_CPU / 64 / 1000 - 1;
    TIMSK0 = _BV(OCIE0A);
    TCCR0B = _BV(CS01) | _BV(CS00);
    set_sleep_mode(SLEEP_MODE_IDLE);
}

ISR(TIMER0_COMPA_vect)
{
    passed++;
}

bool ticks_take(void)
{
    if (taken == passed)
        return false;
    taken++;
    return true;
}

void ticks_sleep(void)
{
    cli();
    if (taken == passed) {
        sleep_enable();
        /* The instruction after sei runs before any interrupt: none can slip in between and be slept over. */
        sei();
        sleep_cpu();
        sleep_disable();
    }
    sei();
}
