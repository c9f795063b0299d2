"""What the commonest words of the field are in English, from the words people type instead.

German, French, Spanish and Chinese words, and a few everyday English ones. A catalogue in
English is so found by them; what its papers say in these languages themselves counts more.
What `stems` takes for a form of the English word, as `trainieren`, needs no line here.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from roadmap_cli.language.stems import stem

_TABLE = """
agent = agenten 智能体
artist = kunstler
attention = aufmerksamkeit atencion 注意力
bias = diskriminierung sesgo biais 偏见
convolutional = convolutif convolucional faltung 卷积
diffusion = difusion 扩散
editing = fix edicion bearbeiten korrigieren 编辑
efficient = effizient efficace eficiente sparsam 高效
embedding = einbettung plongement 嵌入
encoding = kodieren codage codificacion 编码
evaluation = bewertung evaluacion 评估
experts = expertos
facts = fakten hechos faits
feedback = ruckmeldung retroalimentacion
fine-tuning = feintuning feinabstimmung ajuste 微调
forget = vergessen oublier olvidar
generation = erzeugen generacion 生成
hallucination = halluzinieren alucinacion 幻觉
human = menschlich humain humano humana 人类
image = bild picture photo foto imagen 图像
language = sprache langage langue lenguaje lengua 语言
language model = sprachmodell chatbot 语言模型
layer = schicht couche capa 层
learning = lernen apprentissage aprendizaje 学习
memory = remember gedachtnis memoire memoria 记忆
model = modell modelo 模型
multimodal = 多模态
network = netz netzwerk reseau red 网络
neural = neuronal neurone neuronas 神经
noise = rauschen bruit ruido
denoising = entrauschen
prompt = 提示
quadratic = quadratisch quadratique
reasoning = schlussfolgern raisonnement razonamiento 推理
recurrent = rekurrent
reinforcement = bestarkend verstarkend renforcement refuerzo 强化
robot = 机器人
sparse = sparlich epars disperso 稀疏
speech = stimme voix voz 语音
survey = 综述
text = texto 文本
training = entrainement entrenamiento 训练
transformer = transformateur transformador
video = 视频
"""


def meanings(word: str) -> Sequence[str]:
    """What a folded word is in English, if it is one of the commonest of the field."""
    meanings = _meanings()
    return meanings.get(word) or meanings.get(stem(word), ())


def parted(letters: str) -> Sequence[str]:
    """Letters of a script without blanks as words that have a meaning, and what is between."""
    known = sorted((w for w in _meanings() if not w.isascii()), key=len, reverse=True)
    return [part for part in re.split(f"({'|'.join(known)})", letters) if part]


@cache
def _meanings() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for line in _TABLE.strip().splitlines():
        meaning, _, others = line.partition(" = ")
        for word in others.split():
            found.setdefault(stem(word), []).append(meaning)
    return found
