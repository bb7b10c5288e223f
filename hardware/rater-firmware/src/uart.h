#pragma once
#include <stdbool.h>
#include <stdint.h>

/* 115200 baud 8N1 on PD0 and PD1. */
void uart_start(void);

/* False where nothing has come. */
bool uart_take(uint8_t *byte);

/* One frame at a time, from a buffer that stays until it is free again. */
bool uart_is_free(void);
void uart_send(const uint8_t *bytes, uint8_t length);
