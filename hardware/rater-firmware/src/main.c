#include <avr/interrupt.h>

#include "eeprom.h"
#include "pins.h"
#include "rater.h"
#include "ticks.h"
#include "uart.h"
#include "watchdog.h"

static struct rater rater;
static struct encoder encoder;

int main(void)
{
    pins_start();
    uart_start();
    ticks_start();
    /* A write that a reset came into goes on by itself. */
    while (eeprom_busy())
        ;
    rater_start(&rater, watchdog_reset_cause());
    sei();

    for (;;) {
        while (ticks_take()) {
            rater_tick(&rater, pins_closed());
            pins_show(rater_show(&rater));
            /* Fed by the clock's tick only: a box whose clock has stopped starts again. */
            watchdog_feed();
        }

        uint8_t byte;
        while (uart_take(&byte))
            rater_take(&rater, byte);

        rater_step(&rater);
        if (uart_is_free() && rater_next_frame(&rater, &encoder))
            uart_send(encoder.bytes, encoder.length);
        ticks_sleep();
    }
}
