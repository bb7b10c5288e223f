#pragma once
#include "eeprom.h"

/* What lies where in the 1,024 bytes. An upgrade keeps them (fuse EESAVE), so this changes by addition only. */

/* Presses: sequence (4, little-endian), level, CRC (2), acknowledgement mark. A press with sequence s lies in slot
   s mod SLOTS: every cell takes its turn. */
#define SLOTS 112
#define SLOT_BYTES 8
#define SLOTS_AT 0
#define SLOT_CRC 5
#define SLOT_MARK 7

/* Starts: boot count (4), CRC (2), two unused; in slot n mod BOOT_SLOTS. */
#define BOOT_SLOTS 8
#define BOOT_BYTES 8
#define BOOTS_AT (SLOTS_AT + SLOTS * SLOT_BYTES)

/* The box's serial: 8 characters, padded with zeros, and CRC (2). Written once, by who builds the box. */
#define SERIAL_MAX 8
#define SERIAL_AT 1008

_Static_assert(BOOTS_AT + BOOT_SLOTS * BOOT_BYTES <= SERIAL_AT, "areas overlap");
_Static_assert(SERIAL_AT + SERIAL_MAX + 2 <= EEPROM_BYTES, "the serial does not fit");
