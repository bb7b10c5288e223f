#include "writer.h"

#include "eeprom.h"

bool writer_is_idle(const struct writer *writer)
{
    return writer->done == writer->length && !eeprom_busy();
}

void writer_begin(struct writer *writer, uint16_t address, const uint8_t *bytes, uint8_t length)
{
    writer->address = address;
    writer->length = length;
    writer->done = 0;
    for (uint8_t i = 0; i < length; i++)
        writer->bytes[i] = bytes[i];
}

void writer_step(struct writer *writer)
{
    while (writer->done < writer->length && !eeprom_busy()) {
        uint16_t address = writer->address + writer->done;
        uint8_t value = writer->bytes[writer->done++];
        if (eeprom_read(address) != value)
            eeprom_begin_write(address, value);
    }
}
