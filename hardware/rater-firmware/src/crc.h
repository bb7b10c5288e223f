#pragma once
#include <stdint.h>

#define CRC_START 0xFFFFu

/* CRC-16/CCITT-FALSE, one byte further; "123456789" gives 29B1. */
uint16_t crc_add(uint16_t crc, uint8_t byte);
