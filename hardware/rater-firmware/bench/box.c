#include "box.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <simavr/avr_eeprom.h>
#include <simavr/avr_ioport.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_elf.h>

#include "layout.h"
#include "records.h"

/* Addresses and bits of the ATmega328P's data sheet. */
enum { PIND_ = 0x29, DDRB_ = 0x24, PORTB_ = 0x25, DDRD_ = 0x2A, PORTD_ = 0x2B };
enum { EECR_ = 0x3F, EEDR_ = 0x40, EEARL_ = 0x41, EEARH_ = 0x42, MCUSR_ = 0x54, RAM_START = 0x100, RAM_END = 0x8FF };
enum { EERE_ = 1, EEPE_ = 2, EEMPE_ = 4, EERIE_ = 8, EEPM_ = 0x30 };
enum { PORF_ = 1, EXTRF_ = 2, BORF_ = 4, WDRF_ = 8 };

#define WRITE_CYCLES (CYCLES_A_MS * 34 / 10)
#define BYTE_CYCLES (CYCLES_A_SECOND * 10 / 115200)
#define NEVER UINT64_MAX
#define RAM_FILL 0xC5
#define QUEUE 4096

struct box {
    avr_t *avr;
    avr_run_t run;
    uint64_t base; /* cycles of earlier lives: the simulator counts from 0 after a reset */
    uint64_t cut_at;

    uint8_t *eeprom;
    uint32_t writes[BOX_EEPROM_BYTES];
    uint64_t written_at; /* when the byte in flight is done, NEVER for none */
    uint16_t address;
    uint8_t value;
    uint8_t before;
    uint64_t armed_until;
    enum box_tear tear;
    unsigned seed;

    uint8_t closed;
    uint8_t queue[QUEUE];
    size_t queued;
    uint64_t next_byte_at;
    bool receiver_full;

    void (*sent)(void *, uint8_t);
    void *context;

    unsigned stack;
    unsigned statics;
    unsigned bites;
};

static void refuse(const char *what, const char *which)
{
    fprintf(stderr, "rater-bench: %s: %s\n", what, which);
    exit(1);
}

uint64_t box_cycle(const struct box *box)
{
    return box->base + box->avr->cycle;
}

/* Time alone finishes a byte; whoever looks at the EEPROM settles it first. */
static void settle(struct box *box)
{
    if (box->written_at == NEVER || box_cycle(box) < box->written_at)
        return;
    box->eeprom[box->address] = box->value;
    box->written_at = NEVER;
    box->avr->data[EECR_] &= (uint8_t)~EEPE_;
}

static uint8_t read_control(struct avr_t *avr, avr_io_addr_t address, void *param)
{
    settle(param);
    return avr->data[address];
}

static void begin_write(struct box *box, uint16_t address, uint8_t value)
{
    box->address = address;
    box->value = value;
    box->before = box->eeprom[address];
    box->writes[address]++;
    box->written_at = box_cycle(box) + WRITE_CYCLES;
    /* Kept as the erased half of the write until it is done: killing the bench is a power cut too. */
    box->eeprom[address] = 0xFF;
}

static void write_control(struct avr_t *avr, avr_io_addr_t register_, uint8_t value, void *param)
{
    struct box *box = param;
    settle(box);
    uint16_t address = (uint16_t)(avr->data[EEARL_] | avr->data[EEARH_] << 8) & (BOX_EEPROM_BYTES - 1);
    uint8_t busy = avr->data[register_] & EEPE_;
    if (value & (EERIE_ | EEPM_))
        refuse("the EEPROM's interrupt and its split writes are not simulated", "EECR");

    bool armed = box_cycle(box) <= box->armed_until;
    if ((value & EEPE_) && !busy && armed) {
        begin_write(box, address, avr->data[EEDR_]);
        busy = EEPE_;
        box->armed_until = 0;
        value &= (uint8_t)~EEMPE_;
    } else if (value & EEMPE_) {
        box->armed_until = box_cycle(box) + 4;
    }
    if (value & EERE_) {
        if (busy)
            refuse("the program reads the EEPROM while it writes", "EERE");
        avr->data[EEDR_] = box->eeprom[address];
    }
    avr->data[register_] = (uint8_t)((value & EEMPE_) | busy);
}

/* Static memory, then whatever the stack has not reached, then the stack. */
static void measure(struct box *box)
{
    const uint8_t *data = box->avr->data;
    unsigned best = 0, best_from = RAM_END + 1, from = RAM_START;
    for (unsigned at = RAM_START; at <= RAM_END + 1; at++) {
        if (at <= RAM_END && data[at] == RAM_FILL)
            continue;
        if (at - from > best) {
            best = at - from;
            best_from = from;
        }
        from = at + 1;
    }
    unsigned stack = RAM_END + 1 - (best_from + best);
    if (stack > box->stack)
        box->stack = stack;
    box->statics = best_from - RAM_START;
}

static void put_button(struct box *box, int level)
{
    int pin = level + 1;
    int high = !(box->closed >> (level - 1) & 1);
    avr_irq_t *irq = avr_io_getirq(box->avr, AVR_IOCTL_IOPORT_GETIRQ('D'), (unsigned)pin);
    /* The simulator drops a level that it thinks is there already. */
    avr_raise_irq(irq, (uint32_t)!high);
    avr_raise_irq(irq, (uint32_t)high);
}

static void put_buttons(struct box *box)
{
    avr_ioport_external_t external = { .name = 'D', .mask = 0x7C, .value = (uint8_t)(~box->closed << 2) & 0x7C };
    avr_ioctl(box->avr, AVR_IOCTL_IOPORT_SET_EXTERNAL('D'), &external);
    for (int level = 1; level <= 5; level++)
        put_button(box, level);
}

/* What every reset of the core leaves to the box: the pins, and a byte that the EEPROM goes on writing. */
static void come_back(struct box *box, uint64_t total, uint8_t cause)
{
    box->base = total - box->avr->cycle;
    box->avr->data[MCUSR_] |= cause;
    if (box->written_at != NEVER)
        box->avr->data[EECR_] |= EEPE_;
    box->armed_until = 0;
    box->queued = 0;
    box->receiver_full = false;
    put_buttons(box);
}

static void reset_core(struct box *box, uint8_t cause)
{
    uint64_t total = box_cycle(box);
    measure(box);
    avr_reset(box->avr);
    box->avr->run = box->run;
    come_back(box, total, cause);
}

static void lose_power(struct box *box, uint8_t cause)
{
    settle(box);
    if (box->written_at != NEVER) {
        uint8_t random = (uint8_t)rand_r(&box->seed);
        bool erased = box->tear == TEAR_ERASED || (box->tear == TEAR_SEEDED && rand_r(&box->seed) % 2);
        box->eeprom[box->address] = erased ? 0xFF : random;
        box->written_at = NEVER;
    }
    measure(box);
    memset(box->avr->data + RAM_START, RAM_FILL, RAM_END + 1 - RAM_START);
    reset_core(box, cause);
}

void box_reset(struct box *box)
{
    settle(box);
    reset_core(box, EXTRF_);
}

void box_brown_out(struct box *box)
{
    lose_power(box, BORF_);
}

void box_power(struct box *box)
{
    lose_power(box, PORF_);
}

void box_brown_out_at(struct box *box, uint64_t cycle)
{
    box->cut_at = cycle;
}

void box_hang(struct box *box)
{
    avr_t *avr = box->avr;
    avr_flashaddr_t end = avr->flashend - 1;
    avr->flash[end] = 0xFF; /* rjmp to itself */
    avr->flash[end + 1] = 0xCF;
    avr->pc = end;
    avr->sreg[S_I] = 0;
    avr->state = cpu_Running;
}

static void on_uart_byte(struct avr_irq_t *irq, uint32_t value, void *param)
{
    (void)irq;
    struct box *box = param;
    if (box->sent)
        box->sent(box->context, (uint8_t)value);
}

static void on_receiver_full(struct avr_irq_t *irq, uint32_t value, void *param)
{
    (void)irq;
    (void)value;
    ((struct box *)param)->receiver_full = true;
}

static void on_receiver_free(struct avr_irq_t *irq, uint32_t value, void *param)
{
    (void)irq;
    (void)value;
    ((struct box *)param)->receiver_full = false;
}

static void no_sleep(avr_t *avr, avr_cycle_count_t how_long)
{
    (void)avr;
    (void)how_long;
}

static avr_cycle_count_t on_alarm(avr_t *avr, avr_cycle_count_t when, void *param)
{
    (void)avr;
    (void)when;
    (void)param;
    return 0;
}

static void quiet(avr_t *avr, const int level, const char *format, va_list arguments)
{
    (void)avr;
    if (level <= LOG_ERROR)
        vfprintf(stderr, format, arguments);
}

static void open_eeprom(struct box *box, const char *path, const char *serial)
{
    if (!path) {
        box->eeprom = malloc(BOX_EEPROM_BYTES);
        if (!box->eeprom)
            refuse("no memory", "EEPROM");
        memset(box->eeprom, 0xFF, BOX_EEPROM_BYTES);
    } else {
        int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (file < 0)
            refuse("the EEPROM's file can not be opened", path);
        off_t size = lseek(file, 0, SEEK_END);
        if (size != 0 && size != BOX_EEPROM_BYTES)
            refuse("the EEPROM's file must have 1024 bytes", path);
        if (size == 0) {
            uint8_t erased[BOX_EEPROM_BYTES];
            memset(erased, 0xFF, sizeof erased);
            if (write(file, erased, sizeof erased) != (ssize_t)sizeof erased)
                refuse("the EEPROM's file can not be written", path);
        }
        box->eeprom = mmap(NULL, BOX_EEPROM_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (box->eeprom == MAP_FAILED)
            refuse("the EEPROM's file can not be mapped", path);
        close(file);
    }

    if (serial && !record_is_whole(box->eeprom + SERIAL_AT, SERIAL_MAX)) {
        uint8_t record[SERIAL_MAX + 2] = { 0 };
        memcpy(record, serial, strnlen(serial, SERIAL_MAX));
        record_seal(record, SERIAL_MAX);
        memcpy(box->eeprom + SERIAL_AT, record, sizeof record);
    }
}

static void connect_uart(struct box *box)
{
    uint32_t flags = 0;
    avr_ioctl(box->avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
    uint32_t uart = AVR_IOCTL_UART_GETIRQ('0');
    avr_irq_register_notify(avr_io_getirq(box->avr, uart, UART_IRQ_OUTPUT), on_uart_byte, box);
    avr_irq_register_notify(avr_io_getirq(box->avr, uart, UART_IRQ_OUT_XOFF), on_receiver_full, box);
    avr_irq_register_notify(avr_io_getirq(box->avr, uart, UART_IRQ_OUT_XON), on_receiver_free, box);
}

/* Takes the place of the simulator's own EEPROM, which writes in no time. */
static void connect_eeprom(struct box *box)
{
    avr_t *avr = box->avr;
    avr->io[AVR_DATA_TO_IO(EECR_)].r.c = read_control;
    avr->io[AVR_DATA_TO_IO(EECR_)].r.param = box;
    avr->io[AVR_DATA_TO_IO(EECR_)].w.c = write_control;
    avr->io[AVR_DATA_TO_IO(EECR_)].w.param = box;
}

struct box *box_open(const char *elf, const char *eeprom, const char *serial, unsigned seed)
{
    avr_global_logger_set(quiet);
    if (access(elf, R_OK) != 0)
        refuse("the program can not be read (run make)", elf);

    struct box *box = calloc(1, sizeof *box);
    if (!box)
        refuse("no memory", "box");
    box->written_at = box->cut_at = NEVER;
    box->tear = TEAR_SEEDED;
    box->seed = seed;
    open_eeprom(box, eeprom, serial);

    elf_firmware_t firmware = { 0 };
    if (elf_read_firmware(elf, &firmware) != 0)
        refuse("this is no program for the chip", elf);
    box->avr = avr_make_mcu_by_name("atmega328p");
    if (!box->avr)
        refuse("the simulator knows no such chip", "atmega328p");
    avr_init(box->avr);
    firmware.frequency = CYCLES_A_SECOND;
    avr_load_firmware(box->avr, &firmware);
    box->avr->frequency = CYCLES_A_SECOND;
    box->avr->sleep = no_sleep;
    box->run = box->avr->run;
    connect_uart(box);
    connect_eeprom(box);
    memset(box->avr->data + RAM_START, RAM_FILL, RAM_END + 1 - RAM_START);
    avr_reset(box->avr);
    come_back(box, 0, PORF_);
    return box;
}

void box_close(struct box *box)
{
    avr_terminate(box->avr);
    free(box);
}

void box_on_byte(struct box *box, void (*sent)(void *, uint8_t), void *context)
{
    box->sent = sent;
    box->context = context;
}

size_t box_feed_room(const struct box *box)
{
    return QUEUE - box->queued;
}

bool box_feed(struct box *box, const uint8_t *bytes, size_t length)
{
    if (length > box_feed_room(box))
        return false;
    memcpy(box->queue + box->queued, bytes, length);
    box->queued += length;
    return true;
}

static void deliver(struct box *box)
{
    if (!box->queued || box->receiver_full || box_cycle(box) < box->next_byte_at)
        return;
    uint8_t byte = box->queue[0];
    memmove(box->queue, box->queue + 1, --box->queued);
    box->next_byte_at = box_cycle(box) + BYTE_CYCLES;
    avr_raise_irq(avr_io_getirq(box->avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT), byte);
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* One instruction, or one sleep up to the next thing that happens. */
static void step(struct box *box, uint64_t until)
{
    uint64_t now = box_cycle(box);
    uint64_t alarm = earlier(earlier(until, box->cut_at), box->written_at);
    if (box->queued && !box->receiver_full && box->next_byte_at > now)
        alarm = earlier(alarm, box->next_byte_at);
    if (box->avr->state == cpu_Sleeping || box->avr->run_cycle_limit > 1)
        avr_cycle_timer_register(box->avr, alarm > now ? alarm - now : 1, on_alarm, box);

    bool bites = box->avr->run != box->run;
    if (bites)
        measure(box);
    int state = avr_run(box->avr);
    if (bites) {
        box->bites++;
        come_back(box, now, 0);
    }
    if (state == cpu_Done || state == cpu_Crashed)
        refuse("the program has crashed", "cpu");
}

void box_run(struct box *box, uint64_t cycles)
{
    uint64_t until = box_cycle(box) + cycles;
    while (box_cycle(box) < until) {
        settle(box);
        if (box_cycle(box) >= box->cut_at) {
            box->cut_at = NEVER;
            box_brown_out(box);
        }
        deliver(box);
        step(box, until);
    }
    settle(box);
}

void box_button(struct box *box, int level, bool closed)
{
    uint8_t bit = (uint8_t)(1 << (level - 1));
    box->closed = closed ? box->closed | bit : box->closed & (uint8_t)~bit;
    avr_ioport_external_t external = { .name = 'D', .mask = 0x7C, .value = (uint8_t)(~box->closed << 2) & 0x7C };
    avr_ioctl(box->avr, AVR_IOCTL_IOPORT_SET_EXTERNAL('D'), &external);
    put_button(box, level);
}

unsigned box_lamps(const struct box *box)
{
    return box->avr->data[PORTB_] & box->avr->data[DDRB_] & 0x3F;
}

bool box_pins_are_right(const struct box *box)
{
    const uint8_t *data = box->avr->data;
    return (data[PORTD_] & 0x7C) == 0x7C && (data[DDRD_] & 0x7C) == 0 && (data[DDRB_] & 0x3F) == 0x3F;
}

void box_tear(struct box *box, enum box_tear tear)
{
    box->tear = tear;
}

uint8_t *box_eeprom(struct box *box)
{
    settle(box);
    return box->eeprom;
}

bool box_eeprom_is_writing(const struct box *box)
{
    return box->written_at != NEVER && box_cycle(box) < box->written_at;
}

const uint32_t *box_eeprom_writes(const struct box *box)
{
    return box->writes;
}

unsigned box_stack_bytes(struct box *box)
{
    measure(box);
    return box->stack;
}

unsigned box_static_bytes(struct box *box)
{
    measure(box);
    return box->statics;
}

unsigned box_resets_by_watchdog(const struct box *box)
{
    return box->bites;
}
