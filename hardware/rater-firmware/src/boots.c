#include "boots.h"

#include "layout.h"
#include "records.h"

uint32_t boots_count(struct writer *writer)
{
    uint32_t last = 0;
    uint8_t record[BOOT_BYTES];
    for (uint8_t slot = 0; slot < BOOT_SLOTS; slot++) {
        eeprom_read_all((uint16_t)(BOOTS_AT + slot * BOOT_BYTES), record, 6);
        uint32_t count = record_number(record);
        if (record_is_whole(record, 4) && count % BOOT_SLOTS == slot && count > last)
            last = count;
    }
    uint32_t now = last + 1;
    record_set_number(record, now);
    record_seal(record, 4);
    writer_begin(writer, (uint16_t)(BOOTS_AT + (now % BOOT_SLOTS) * BOOT_BYTES), record, 6);
    return now;
}
