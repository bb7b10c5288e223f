#pragma once
#include <stdint.h>

/* Buttons 1 to 5 on PD2 to PD6, active low; lamps 1 to 5 on PB0 to PB4 and the buzzer on PB5, active high. */
void pins_start(void);
uint8_t pins_closed(void);
void pins_show(uint8_t lamps);
