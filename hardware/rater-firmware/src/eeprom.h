#pragma once
#include <stdbool.h>
#include <stdint.h>

#define EEPROM_BYTES 1024

/* The chip's own EEPROM (eeprom.c), or a host test's. Reading and beginning a write are allowed only while it is not
   busy; a byte takes 3.4 ms. */
bool eeprom_busy(void);
uint8_t eeprom_read(uint16_t address);
void eeprom_begin_write(uint16_t address, uint8_t value);

static inline void eeprom_read_all(uint16_t address, uint8_t *bytes, uint8_t length)
{
    for (uint8_t i = 0; i < length; i++)
        bytes[i] = eeprom_read(address + i);
}
