#pragma once
#include "layout.h"

/* The name that the box has in its EEPROM; else one made of the chip's own production data, which no two chips share. */
void serial_read(char serial[SERIAL_MAX + 1]);

/* A byte of the chip's signature row (signature.c), or a host test's. */
uint8_t chip_signature(uint8_t index);
