"""Taking the mask off what a client sent, as fast as the installed library does it."""

try:
    from websockets.speedups import apply_mask as unmask
except ImportError:
    from websockets.utils import apply_mask as unmask

__all__ = ["unmask"]
