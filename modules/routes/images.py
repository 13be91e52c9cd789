"""Images that lessons name; nothing else in the content folder can be fetched."""

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from modules.core.module import Image, Module, walk
from modules.routes.context import RouteContext
from modules.routes.page import missing

NO_IMAGE = "No lesson of this module shows this image."


def named_images(module: Module) -> frozenset[str]:
    blocks = (*module.welcome, *(block for lesson in module.lessons for block in lesson.blocks))
    return frozenset(block.file for block in walk(blocks) if isinstance(block, Image))


def image_file(context: RouteContext, request: Request) -> Response:
    module, file = context.module(request.path_params["module"]), request.path_params["file"]
    if module is None or file not in named_images(module):
        return missing(context, NO_IMAGE, ("/read", "All modules"))
    folder = (context.content / module.id).resolve()
    path = (folder / file).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        return missing(context, NO_IMAGE, ("/read", "All modules"))
    headers = {
        "Cache-Control": "public, max-age=300",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'",
    }
    return FileResponse(path, headers=headers)
