#include "presses.h"

#include "buttons.h"
#include "records.h"

static uint8_t slot_of(uint32_t sequence)
{
    return (uint8_t)(sequence % SLOTS);
}

static uint16_t address_of(uint32_t sequence)
{
    return (uint16_t)(SLOTS_AT + slot_of(sequence) * SLOT_BYTES);
}

/* The mark changes from turn to turn, so that the last turn's mark in the same cell says "not acknowledged" without
   being erased first: one write a turn. */
static uint8_t mark_of(uint32_t sequence)
{
    return (sequence / SLOTS) & 1 ? 0x5A : 0xA5;
}

static uint8_t level_in(const struct presses *presses, uint8_t slot)
{
    uint8_t pair = presses->levels[slot / 2];
    return slot & 1 ? pair >> 4 : pair & 15;
}

static void set_level(struct presses *presses, uint8_t slot, uint8_t level)
{
    uint8_t *pair = &presses->levels[slot / 2];
    *pair = slot & 1 ? (uint8_t)((*pair & 15) | (uint8_t)(level << 4)) : (uint8_t)((*pair & 0xF0) | level);
}

/* The sequence in this slot, 0 where no whole press lies there. */
static uint32_t read_slot(uint8_t slot, uint8_t *record)
{
    eeprom_read_all((uint16_t)(SLOTS_AT + slot * SLOT_BYTES), record, SLOT_BYTES);
    uint32_t sequence = record_number(record);
    bool whole = record_is_whole(record, SLOT_CRC) && slot_of(sequence) == slot;
    return whole && record[4] >= 1 && record[4] <= BUTTONS ? sequence : 0;
}

static void find_oldest(struct presses *presses)
{
    if (presses->count == 0)
        return;
    while (presses_level(presses, presses->oldest) == 0)
        presses->oldest++;
}

void presses_load(struct presses *presses)
{
    uint8_t record[SLOT_BYTES];
    uint32_t newest = 0;
    for (uint8_t slot = 0; slot < SLOTS; slot++) {
        uint32_t sequence = read_slot(slot, record);
        if (sequence > newest)
            newest = sequence;
    }

    presses->next = newest + 1;
    presses->next_slot = slot_of(presses->next);
    presses->oldest = presses->next > SLOTS ? presses->next - SLOTS : 0;
    presses->count = 0;
    presses->writing = 0;
    presses->to_begin = false;
    presses->to_mark = false;
    for (uint8_t slot = 0; slot < SLOTS; slot++) {
        uint32_t sequence = read_slot(slot, record);
        bool waits = sequence && sequence >= presses->oldest && record[SLOT_MARK] != mark_of(sequence);
        presses->at[slot] = UNKNOWN_AT;
        set_level(presses, slot, waits ? record[4] : 0);
        if (waits)
            presses->count++;
    }
    find_oldest(presses);
}

bool presses_full(const struct presses *presses)
{
    return level_in(presses, presses->next_slot) != 0;
}

uint8_t presses_level(const struct presses *presses, uint32_t sequence)
{
    return level_in(presses, slot_of(sequence));
}

uint32_t presses_age_of(const struct presses *presses, uint32_t sequence, uint32_t now)
{
    uint32_t at = presses->at[slot_of(sequence)];
    return at == UNKNOWN_AT ? UNKNOWN_AGE : now - at;
}

bool presses_add(struct presses *presses, uint8_t level, uint32_t at)
{
    if (presses->writing || presses_full(presses))
        return false;
    presses->writing = level;
    presses->writing_at = at == UNKNOWN_AT ? 0 : at;
    presses->to_begin = true;
    return true;
}

bool presses_acknowledge(struct presses *presses, uint32_t sequence)
{
    if (presses->count == 0 || sequence != presses->oldest || presses->to_mark)
        return false;
    set_level(presses, slot_of(sequence), 0);
    presses->count--;
    presses->marking = sequence;
    presses->to_mark = true;
    presses->oldest++;
    find_oldest(presses);
    return true;
}

static void begin_write(struct presses *presses, struct writer *writer)
{
    uint32_t sequence = presses->next;
    uint8_t record[SLOT_BYTES];
    record_set_number(record, sequence);
    record[4] = presses->writing;
    record_seal(record, SLOT_CRC);
    /* A press that was lost in this slot left the mark of two turns ago, which is today's: it would count as
       acknowledged. Erased last, so that a power cut before it costs this press and no other. */
    record[SLOT_MARK] = 0xFF;
    bool stale = eeprom_read(address_of(sequence) + SLOT_MARK) == mark_of(sequence);
    writer_begin(writer, address_of(sequence), record, stale ? SLOT_BYTES : SLOT_MARK);
    presses->to_begin = false;
}

bool presses_step(struct presses *presses, struct writer *writer)
{
    if (!writer_is_idle(writer))
        return false;

    bool durable = presses->writing && !presses->to_begin;
    if (durable) {
        uint8_t slot = presses->next_slot;
        set_level(presses, slot, presses->writing);
        presses->at[slot] = presses->writing_at;
        if (presses->count++ == 0)
            presses->oldest = presses->next;
        presses->next++;
        presses->next_slot = slot == SLOTS - 1 ? 0 : slot + 1;
        presses->writing = 0;
    }

    if (presses->to_mark) {
        uint8_t mark = mark_of(presses->marking);
        writer_begin(writer, address_of(presses->marking) + SLOT_MARK, &mark, 1);
        presses->to_mark = false;
    } else if (presses->to_begin) {
        begin_write(presses, writer);
    }
    return durable;
}

void presses_grow_old(struct presses *presses, uint32_t now)
{
    for (uint8_t slot = 0; slot < SLOTS; slot++)
        if (level_in(presses, slot) && now - presses->at[slot] > AGE_MAX)
            presses->at[slot] = UNKNOWN_AT;
}
