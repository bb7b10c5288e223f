#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "layout.h"
#include "writer.h"

/* The presses that the agent has not acknowledged: in EEPROM first, sent after, forgotten on ACK only. */
struct presses {
    uint32_t next;          /* sequence of the next press */
    uint8_t next_slot;      /* its slot: dividing 32 bits each millisecond would be most of the box's work */
    uint32_t at[SLOTS];     /* millisecond of the press, or UNKNOWN_AT */
    uint8_t levels[SLOTS / 2]; /* two a byte; 0 where nothing is to be sent */
    uint8_t count;
    uint32_t oldest;        /* sequence; meaningful while count > 0 */
    uint8_t writing;        /* level of the press being written, 0 for none */
    bool to_begin;          /* the write waits for the writer */
    uint32_t writing_at;
    bool to_mark;           /* an acknowledgement waits for the writer; until then the next press is not sent */
    uint32_t marking;
};

/* Beyond 2^31 ms (24 days) an age is given up: it is then kept as unknown. */
#define AGE_MAX 0x7FFFFFFFu
#define UNKNOWN_AT UINT32_MAX
#define UNKNOWN_AGE UINT32_MAX

/* Reads what an earlier life left; the writer must be idle. */
void presses_load(struct presses *presses);

/* No room: the slot of the next press holds one that is not acknowledged. */
bool presses_full(const struct presses *presses);

/* Level of an unacknowledged press, 0 where there is none of that sequence's slot. */
uint8_t presses_level(const struct presses *presses, uint32_t sequence);

/* Milliseconds since then, or UNKNOWN_AGE. */
uint32_t presses_age_of(const struct presses *presses, uint32_t sequence, uint32_t now);

/* False where there is no room, or another press is still being written. */
bool presses_add(struct presses *presses, uint8_t level, uint32_t at);

/* True where that was the oldest: it is forgotten. */
bool presses_acknowledge(struct presses *presses, uint32_t sequence);

/* Puts what is to be written into the writer; to be called often. True where a press has just become durable. */
bool presses_step(struct presses *presses, struct writer *writer);

/* To be called at least once a day, so that no age runs over. */
void presses_grow_old(struct presses *presses, uint32_t now);
