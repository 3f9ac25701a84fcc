"""What schemathesis must know beyond the OpenAPI file: a part of an upload travels as the bytes it is."""

import schemathesis

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
