#include "pins.h"

#include <avr/io.h>

#define BUTTON_PINS (0x1F << PD2)
#define LAMP_PINS 0x3F

void pins_start(void)
{
    PORTD |= BUTTON_PINS;
    DDRB = LAMP_PINS;
    /* What is not wired must not float. */
    PORTD |= _BV(PD7);
    PORTC = 0x3F;
}

uint8_t pins_closed(void)
{
    return (uint8_t)((uint8_t)~PIND >> PD2) & 0x1F;
}

void pins_show(uint8_t lamps)
{
    PORTB = lamps & LAMP_PINS;
}
