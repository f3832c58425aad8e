"""DaSiamRPN's three models (torch 0.3, no counters), and the translation of the largest in siamrpn-pytorch."""

from __future__ import annotations

from tracker_core.weights.layouts.layout import Layout, Shapes, Tensors, batch_norm, convolution, from_bgr, renamed

ANCHORS = 5
WIDTHS = (3, 96, 256, 384, 384, 256)
KERNELS = (11, 5, 3, 3, 3)
CONVOLUTIONS = (0, 4, 8, 11, 14)  # places in the sequence; batch norm follows each at once

PAGE = "https://github.com/foolwood/DaSiamRPN"
OUR_HEAD = ("conv_r1", "conv_r2", "conv_cls1", "conv_cls2", "regress_adjust")
SIAMRPN_PYTORCH_HEAD = ("conv_reg_z", "conv_reg_x", "conv_cls_z", "conv_cls_x", "adjust_reg")


def alexnet_shapes(prefix: str, *, width: int = 1) -> Shapes:
    """The backbone as one sequence, as DaSiamRPN and pysot's ``alexnetlegacy`` have it."""
    shapes: Shapes = {}
    for number, (place, kernel) in enumerate(zip(CONVOLUTIONS, KERNELS, strict=True)):
        inputs, outputs = (channels if channels == 3 else channels * width for channels in WIDTHS[number : number + 2])
        shapes |= convolution(f"{prefix}{place}", inputs, outputs, kernel, bias=True)
        shapes |= batch_norm(f"{prefix}{place + 1}", outputs)
    return shapes


def alexnet_names(prefix: str) -> dict[str, str]:
    """From the places in the sequence to the layers of our backbone."""
    return {
        f"{prefix}{place + part}.": f"backbone.layer{number}.{part}."
        for number, place in enumerate(CONVOLUTIONS, 1)
        for part in (0, 1)
    }


def _shapes(backbone: str, head: tuple[str, ...], *, width: int) -> Shapes:
    box_exemplar, box_search, class_exemplar, class_search, adjust = head
    channels = WIDTHS[-1] * width
    return {
        **alexnet_shapes(backbone, width=width),
        **convolution(box_exemplar, channels, channels * 4 * ANCHORS, 3, bias=True),
        **convolution(box_search, channels, channels, 3, bias=True),
        **convolution(class_exemplar, channels, channels * 2 * ANCHORS, 3, bias=True),
        **convolution(class_search, channels, channels, 3, bias=True),
        **convolution(adjust, 4 * ANCHORS, 4 * ANCHORS, 1, bias=True),
    }


def _to_ours(tensors: Tensors) -> Tensors:
    return from_bgr(renamed(tensors, alexnet_names("featureExtract.")), "backbone.layer1.0.weight")


def _siamrpn_pytorch_to_ours(tensors: Tensors) -> Tensors:
    """Its program gives the network RGB, so the first convolution stays as it is."""
    head = {f"{theirs}.": f"{ours}." for theirs, ours in zip(SIAMRPN_PYTORCH_HEAD, OUR_HEAD, strict=True)}
    return renamed(tensors, alexnet_names("feature.") | head)


def _model(name: str, title: str, *, width: int, **constants: float) -> Layout:
    return Layout(
        name=f"dasiamrpn-{name}",
        title=title,
        shapes=_shapes("featureExtract.", OUR_HEAD, width=width),
        to_ours=_to_ours,
        family="dasiamrpn",
        network={"backbone": "alexnet", "width": float(width), "head_channels": WIDTHS[-1] * width},
        constants=constants,
        licence="MIT",
        page=PAGE,
        file_words=(name,),
    )


BIG = _model(
    "big",
    "DaSiamRPN, SiamRPNBIG",
    width=2,
    penalty_k=0.055,
    window_influence=0.42,
    size_lr=0.295,
    small_target=0.004,  # "adaptive": from 271 to 287 pixels for a target that is a smaller share of its picture
)
VOT = _model("vot", "DaSiamRPN, SiamRPNvot", width=1, penalty_k=0.04, window_influence=0.44, size_lr=0.45)
OTB = _model("otb", "DaSiamRPN, SiamRPNotb", width=1, penalty_k=0.22, window_influence=0.40, size_lr=0.30)

SIAMRPN_PYTORCH = Layout(
    name="siamrpn-pytorch",
    title="siamrpn-pytorch, SiamRPN",
    shapes=_shapes("feature.", SIAMRPN_PYTORCH_HEAD, width=2),
    to_ours=_siamrpn_pytorch_to_ours,
    family="siamrpn",
    network=BIG.network,
    constants={name: value for name, value in BIG.constants.items() if name != "small_target"},
    licence="none stated; translated from DaSiamRPN's submission to VOT2018, which is MIT",
    page="https://github.com/huanglianghua/siamrpn-pytorch",
)
