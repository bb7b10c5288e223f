#include "serial.h"

#include <avr/boot.h>
#include <util/atomic.h>

uint8_t chip_signature(uint8_t index)
{
    uint8_t byte;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        byte = boot_signature_byte_get(index);
    }
    return byte;
}
