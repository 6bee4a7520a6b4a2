"""What a worker process runs: `python -m app.workers ORDERS`."""

import sys

from app.workers.child import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
