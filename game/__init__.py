"""Ichi-Go 1944: an operational wargame of Japan's 1944 offensive in China, and a laboratory around it."""

__version__ = "0.1.0"
