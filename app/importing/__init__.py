"""Files into facts: paths and bytes in, domain values out. No database."""

import os

# ONNX Runtime reports its use to its maker unless this is set before it is loaded. Nothing leaves
# this computer; whatever loads the engine comes through this package first.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
