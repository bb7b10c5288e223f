#include "uart.h"

#include <avr/interrupt.h>
#include <avr/io.h>

/* A power of two; 2.8 ms of line, where the main loop's longest round takes 1.5 ms. */
#define RECEIVED_MAX 32
/* At double speed 117,647 baud, 2.1 % fast: within what 8N1 bears; at single speed it would be 3.5 % slow. */
#define DIVIDER 16

static volatile uint8_t received[RECEIVED_MAX];
static volatile uint8_t received_in;
static volatile uint8_t received_out;

static const uint8_t *volatile sending;
static volatile uint8_t to_send;

void uart_start(void)
{
    UCSR0A = _BV(U2X0);
    UBRR0 = DIVIDER;
    UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
    UCSR0B = _BV(RXCIE0) | _BV(RXEN0) | _BV(TXEN0);
}

ISR(USART_RX_vect)
{
    /* The faults must be read before the byte. A damaged one becomes what no frame holds, so that its frame is refused. */
    uint8_t faults = UCSR0A & (_BV(FE0) | _BV(DOR0));
    uint8_t byte = UDR0;
    uint8_t next = (received_in + 1) & (RECEIVED_MAX - 1);
    if (next == received_out)
        return;
    received[received_in] = faults ? 0 : byte;
    received_in = next;
}

ISR(USART_UDRE_vect)
{
    if (to_send == 0) {
        UCSR0B &= (uint8_t)~_BV(UDRIE0);
        return;
    }
    UDR0 = *sending++;
    to_send--;
}

bool uart_take(uint8_t *byte)
{
    if (received_out == received_in)
        return false;
    *byte = received[received_out];
    received_out = (received_out + 1) & (RECEIVED_MAX - 1);
    return true;
}

bool uart_is_free(void)
{
    return to_send == 0;
}

void uart_send(const uint8_t *bytes, uint8_t length)
{
    sending = bytes;
    to_send = length;
    UCSR0B |= _BV(UDRIE0);
}
