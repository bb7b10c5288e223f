#include "eeprom.h"

#include <avr/io.h>
#include <util/atomic.h>

bool eeprom_busy(void)
{
    return EECR & _BV(EEPE);
}

uint8_t eeprom_read(uint16_t address)
{
    EEAR = address;
    EECR |= _BV(EERE);
    return EEDR;
}

void eeprom_begin_write(uint16_t address, uint8_t value)
{
    EEAR = address;
    EEDR = value;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        EECR = _BV(EEMPE); /* erase and write in one; no interrupt may come between the two lines */
        EECR |= _BV(EEPE);
    }
}
