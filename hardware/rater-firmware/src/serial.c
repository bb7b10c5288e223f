#include "serial.h"

#include "records.h"

static bool is_allowed(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
}

static bool read_given(char *serial)
{
    uint8_t record[SERIAL_MAX + 2];
    eeprom_read_all(SERIAL_AT, record, sizeof record);
    if (!record_is_whole(record, SERIAL_MAX))
        return false;
    uint8_t length = 0;
    while (length < SERIAL_MAX && record[length]) {
        if (!is_allowed((char)record[length]))
            return false;
        serial[length] = (char)record[length];
        length++;
    }
    serial[length] = '\0';
    return length > 0;
}

void serial_read(char serial[SERIAL_MAX + 1])
{
    if (read_given(serial))
        return;

    /* Lot, wafer and place on it lie at 0x0E to 0x17 of the signature row: the data sheet is silent on them for the
       328P and describes them for the 328PB. FNV-1a folds them into eight digits. */
    uint32_t hash = 2166136261u;
    for (uint8_t index = 0x0E; index <= 0x17; index++)
        hash = (hash ^ chip_signature(index)) * 16777619u;
    for (uint8_t i = SERIAL_MAX; i-- > 0; hash >>= 4)
        serial[i] = "0123456789ABCDEF"[hash & 15];
    serial[SERIAL_MAX] = '\0';
}
