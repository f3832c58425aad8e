"""The published SiamRPN++ networks, and thin ones with the same layers, which are quick to compute."""

from __future__ import annotations

from dataclasses import replace

from tracker_core.trackers.siamrpnpp_network import NetworkConfig

ALEXNET = NetworkConfig(backbone="alexnet", head_channels=256, instance_size=287)
MOBILENET = NetworkConfig(backbone="mobilenet_v2", width=1.4, levels=(3, 5, 7), neck_channels=(256, 256, 256))
RESNET = NetworkConfig(backbone="resnet50", levels=(2, 3, 4), neck_channels=(256, 256, 256), weighted=True)
RESNET_OTB = replace(RESNET, weighted=False)
RESNET_LONG_TERM = replace(RESNET, neck_channels=(128, 256, 512))


def thin(config: NetworkConfig) -> NetworkConfig:
    """An eighth of the channels."""
    return replace(
        config,
        width=config.width / 8,
        head_channels=config.head_channels // 8,
        neck_channels=tuple(channels // 8 for channels in config.neck_channels),
    )
