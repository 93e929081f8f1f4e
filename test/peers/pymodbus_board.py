"""A Modbus board made of pymodbus, TCP or RTU: 8 discrete inputs, 4 coils, 4 holding and 4 input registers, unit 1 only.

Usage: pymodbus_board.py PORT|serial. Prints "ready" and, for a serial line, the path of the port at its other end
(a pair of pseudo terminals, 9600 8N1); then obeys lines on standard input, answering each with one line:
    set di|co|hr|ir ADDRESS VALUE      put a value as the board's hardware would
    get di|co|hr|ir ADDRESS            print the value
Ends with its standard input.
"""

import asyncio
import logging
import os
import sys
import threading
import tty

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.framer.rtu_framer import ModbusRtuFramer
from pymodbus.server.async_io import ModbusSerialServer, ModbusTcpServer

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


def pump(source, target):
    while True:
        os.write(target, os.read(source, 1024))


def line():
    """Two pseudo terminals, joined like the ends of a cable. Returns both paths."""
    ends = [os.openpty() for _ in range(2)]
    for controller, port in ends:
        tty.setraw(controller)
        tty.setraw(port)
    (near, near_port), (far, far_port) = ends
    for source, target in ((near, far), (far, near)):
        threading.Thread(target=pump, args=(source, target), daemon=True).start()
    return os.ttyname(near_port), os.ttyname(far_port)


async def main():
    unit = ModbusSlaveContext(
        di=ModbusSequentialDataBlock(0, [0] * 8),
        co=ModbusSequentialDataBlock(0, [0] * 4),
        hr=ModbusSequentialDataBlock(0, [0] * 4),
        ir=ModbusSequentialDataBlock(0, [0] * 4),
        zero_mode=True,
    )
    context = ModbusServerContext(slaves={1: unit}, single=False)
    if sys.argv[1] == "serial":
        ours, theirs = line()
        server = ModbusSerialServer(
            context, framer=ModbusRtuFramer, port=ours, baudrate=9600, parity="N", stopbits=1, bytesize=8
        )
        await server.start()
        serving = asyncio.ensure_future(server.serve_forever())
        print("ready", theirs, flush=True)
    else:
        server = ModbusTcpServer(context, address=("127.0.0.1", int(sys.argv[1])), allow_reuse_address=True)
        serving = asyncio.ensure_future(server.serve_forever())
        await asyncio.wait_for(server.serving, 5)
        print("ready", flush=True)
    await obey(unit)
    serving.cancel()


asyncio.run(main())
