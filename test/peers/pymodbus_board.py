"""A Modbus TCP board made of pymodbus: 8 discrete inputs, 4 coils, 4 holding and 4 input registers, unit 1 only.

Usage: pymodbus_board.py PORT. Prints "ready", then obeys lines on standard input, answering each with one line:
    set di|co|hr|ir ADDRESS VALUE      put a value as the board's hardware would
    get di|co|hr|ir ADDRESS            print the value
Ends with its standard input.
"""

import asyncio
import logging
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import ModbusTcpServer

# a refused address and a cut line are what the tests ask for, not worth a line each
logging.disable(logging.CRITICAL)

FUNCTIONS = {"co": 1, "di": 2, "hr": 3, "ir": 4}


async def obey(unit):
    loop = asyncio.get_running_loop()
    while True:
        line = await loop.run_in_executor(None, sys.stdin.readline)
        if line == "":
            return
        verb, table, address, *value = line.split()
        if verb == "set":
            unit.setValues(FUNCTIONS[table], int(address), [int(value[0])])
            print("ok", flush=True)
        else:
            print(int(unit.getValues(FUNCTIONS[table], int(address), 1)[0]), flush=True)


async def main():
    unit = ModbusSlaveContext(
        di=ModbusSequentialDataBlock(0, [0] * 8),
        co=ModbusSequentialDataBlock(0, [0] * 4),
        hr=ModbusSequentialDataBlock(0, [0] * 4),
        ir=ModbusSequentialDataBlock(0, [0] * 4),
        zero_mode=True,
    )
    context = ModbusServerContext(slaves={1: unit}, single=False)
    server = ModbusTcpServer(context, address=("127.0.0.1", int(sys.argv[1])), allow_reuse_address=True)
    serving = asyncio.ensure_future(server.serve_forever())
    await asyncio.wait_for(server.serving, 5)
    print("ready", flush=True)
    await obey(unit)
    serving.cancel()


asyncio.run(main())
