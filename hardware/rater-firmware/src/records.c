#include "records.h"

#include "crc.h"

uint32_t record_number(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

void record_set_number(uint8_t *bytes, uint32_t number)
{
    for (uint8_t i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)number;
        number >>= 8;
    }
}

static uint16_t crc_of(const uint8_t *bytes, uint8_t covered)
{
    uint16_t crc = CRC_START;
    for (uint8_t i = 0; i < covered; i++)
        crc = crc_add(crc, bytes[i]);
    return crc;
}

void record_seal(uint8_t *bytes, uint8_t covered)
{
    uint16_t crc = crc_of(bytes, covered);
    bytes[covered] = (uint8_t)(crc >> 8);
    bytes[covered + 1] = (uint8_t)crc;
}

bool record_is_whole(const uint8_t *bytes, uint8_t covered)
{
    uint16_t crc = crc_of(bytes, covered);
    return bytes[covered] == (uint8_t)(crc >> 8) && bytes[covered + 1] == (uint8_t)crc;
}
