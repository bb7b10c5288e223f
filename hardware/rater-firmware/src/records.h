#pragma once
#include <stdbool.h>
#include <stdint.h>

/* The small change of the EEPROM's records: little-endian numbers, and a CRC after what it covers. */
uint32_t record_number(const uint8_t *bytes);
void record_set_number(uint8_t *bytes, uint32_t number);
void record_seal(uint8_t *bytes, uint8_t covered);
bool record_is_whole(const uint8_t *bytes, uint8_t covered);
