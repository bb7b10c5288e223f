#pragma once
#include <stdbool.h>
#include <stdint.h>

#define WRITER_MAX 8

/* Writes a few bytes to EEPROM in order, one a step, without ever waiting. A byte that already holds its value is not
   written: it would cost wear and time. */
struct writer {
    uint16_t address;
    uint8_t bytes[WRITER_MAX];
    uint8_t length;
    uint8_t done;
};

bool writer_is_idle(const struct writer *writer);
void writer_begin(struct writer *writer, uint16_t address, const uint8_t *bytes, uint8_t length);
void writer_step(struct writer *writer);
